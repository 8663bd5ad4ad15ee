/* The CSRF cookie is out of reach of scripts, so the token comes from a form of the page. */
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});
/* An answer from elsewhere (signed out, asked to confirm who it is) is a page of its own: the page is loaded again and leads there. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const asked = new URL(detail.pathInfo.finalRequestPath || detail.pathInfo.requestPath, location).pathname;
  const refused = [403, 404].includes(detail.xhr.status);
  if (!refused && (!detail.xhr.responseURL || new URL(detail.xhr.responseURL).pathname === asked)) return;
  detail.shouldSwap = false;
  location.reload();
});
