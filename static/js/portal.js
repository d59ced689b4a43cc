// Turns the colours without a reload, and closes the menu with Escape. Without it, both work by forms and clicks.
"use strict";

const root = document.documentElement;

function showTheme(theme, form) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.content = meta.dataset[theme] || meta.dataset.auto;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches(".theme") || !event.submitter) return;
  event.preventDefault();
  const data = new FormData(form);
  data.set("theme", event.submitter.value);
  showTheme(event.submitter.value, form);
  // Nothing depends on the answer: if it is lost, the choice lasts for this page.
  fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
