// An address that was typed does not follow the title, also where it happens to be what the title makes.
(() => {
  const field = document.getElementById("id_slug");
  if (!field) return;

  let typed = false;
  field.addEventListener("input", (event) => {
    if (event.isTrusted) typed = field.value !== "";
  });
  // Asks whether the address is still the title's.
  field.addEventListener("w-sync:check", (event) => {
    if (typed) event.preventDefault();
  });
})();
