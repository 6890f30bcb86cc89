// An address that was typed does not follow the title, also where it happens to be what the title makes. The form
// says so to the server, which cannot tell by the letters who wrote them.
(() => {
  const field = document.getElementById("id_slug");
  if (!field || field.disabled) return;

  const typed = document.createElement("input");
  typed.type = "hidden";
  typed.name = "slug-typed";
  typed.value = "";
  field.after(typed);

  field.addEventListener("input", (event) => {
    if (event.isTrusted) typed.value = field.value ? "1" : "";
  });
  // Asks whether the address is still the title's.
  field.addEventListener("w-sync:check", (event) => {
    if (typed.value) event.preventDefault();
  });
})();
