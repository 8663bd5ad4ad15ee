"""Below /organization/, beside the pages of `accounts` and of `directory`."""

from django.urls import path

from requests_app.organization import checklist, reviewer, walk_ins

urlpatterns = [
    path("checklist/", checklist.checklist, name="checklist"),
    path("checklist/<int:item_id>/", checklist.checklist_rename, name="checklist_rename"),
    path("checklist/<int:item_id>/move/", checklist.checklist_move, name="checklist_move"),
    path("checklist/<int:item_id>/remove/", checklist.checklist_remove, name="checklist_remove"),
    path("clinical-reviewer/", reviewer.clinical_reviewer, name="clinical_reviewer"),
    path("walk-ins/add/", walk_ins.walk_in_add, name="walk_in_add"),
    path("walk-ins/<int:walk_in_id>/", walk_ins.walk_in_edit, name="walk_in_edit"),
    path("walk-ins/<int:walk_in_id>/remove/", walk_ins.walk_in_remove, name="walk_in_remove"),
]
