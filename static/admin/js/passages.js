// Makes a statement on a quoted passage from the publishing panel without leaving the editor. Without this script the
// same link opens a page with a form.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-passage]");
  const panel = link && link.closest("#before-publishing");
  const token = panel && document.querySelector("[name=csrfmiddlewaretoken]");
  if (!token || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const address = link.href.split("#")[0];
  const body = new URLSearchParams({ passage: link.dataset.passage, action: "state" });
  const headers = { Accept: "text/html; fragment=panel", "X-CSRFToken": token.value };
  try {
    const answer = await fetch(address, { method: "POST", body, headers, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const shown = await answer.text();
    panel.innerHTML = shown;
    panel.setAttribute("tabindex", "-1");
    panel.focus();
  } catch {
    window.location.assign(link.href);
  }
});
