"use strict";
(() => {
  const body = document.body, find = (name) => document.getElementById(name);
  const slides = [...document.querySelectorAll(".slide")], steps = document.querySelector(".steps");
  let shown = 0;
  const show = (number) => {
    shown = Math.min(Math.max(number, 0), slides.length - 1);
    slides.forEach((slide, i) => slide.classList.toggle("shown", i === shown));
    find("where").textContent = `${shown + 1} / ${slides.length}`;
    scrollTo(0, 0);
  };
  const project = (on) => {
    body.classList.toggle("projector", on);
    steps.hidden = !on;
    if (on) { show(0); find("next").focus(); }
  };
  const leave = () => {
    history.replaceState(null, "", location.pathname + location.search);
    project(false);
    find("view").focus();
  };
  find("view").hidden = false;
  find("view").addEventListener("click", () => { location.hash = "projector"; });
  find("back").addEventListener("click", leave);
  find("next").addEventListener("click", () => show(shown + 1));
  find("previous").addEventListener("click", () => show(shown - 1));
  addEventListener("hashchange", () => project(location.hash === "#projector"));
  addEventListener("keydown", (event) => {
    if (!body.classList.contains("projector")) return;
    const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (step) { event.preventDefault(); show(shown + step); }
    if (event.key === "Escape") leave();
  });
  if (location.hash === "#projector") project(true);
})();
