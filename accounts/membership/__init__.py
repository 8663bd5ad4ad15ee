"""An organization and its people: "My Organization", members, invitations, "Assign Permissions" (product 2.7-2.10)."""
