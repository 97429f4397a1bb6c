"use strict";
(() => {
  const body = document.body, button = document.getElementById("view"), where = document.getElementById("where");
  const parts = [...document.querySelectorAll("section")];
  let shown = 0;
  const show = (number) => {
    shown = Math.min(Math.max(number, 0), parts.length - 1);
    parts.forEach((part, i) => part.classList.toggle("shown", i === shown));
    scrollTo(0, 0);
  };
  const project = (on) => {
    body.classList.toggle("projector", on);
    button.setAttribute("aria-pressed", on);
    if (on) show(0);
  };
  button.hidden = false;
  button.addEventListener("click", () => project(!body.classList.contains("projector")));
  addEventListener("hashchange", () => project(location.hash === "#projector"));
  addEventListener("keydown", (event) => {
    if (!body.classList.contains("projector")) return;
    const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (step) { event.preventDefault(); show(shown + step); }
    if (event.key === "Escape") project(false);
  });
  project(location.hash === "#projector");
})();
