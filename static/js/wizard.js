/* Choosing "Images" ticks the service "Medical Images"; the server does the same without this. */
document.addEventListener("change", (event) => {
  const box = event.target;
  const part = box.closest("[data-images]");
  if (!part?.dataset.images || box.value !== "images" || !box.checked) return;
  const service = part.querySelector(`input[name$="services"][value="${part.dataset.images}"]`);
  if (service) service.checked = true;
});
