// The menu works without this: it only closes what is open on Escape or a click elsewhere.
{
  const menu = document.querySelector(".menu");
  const close = (except) => {
    for (const open of menu.querySelectorAll("details[open]")) if (open !== except) open.open = false;
  };
  addEventListener("keydown", (event) => {
    const open = menu.querySelector("details[open]");
    if (event.key !== "Escape" || !open) return;
    const inside = open.contains(document.activeElement);
    close();
    if (inside) open.querySelector("summary").focus();
  });
  addEventListener("click", (event) => close(event.target.closest?.(".menu details")));
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && matchMedia("(min-width: 62em)").matches) close(event.relatedTarget.closest("details"));
  });
}
