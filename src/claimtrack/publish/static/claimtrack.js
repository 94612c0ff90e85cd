"use strict";

// The pieces of a claim belong together: pointing at one, or reaching it with the keyboard,
// shows them all, in the text and in the list beside it. Everything works without this script.
(() => {
  const linked = document.querySelectorAll("[data-claims]");
  const numbersOf = (element) => element.dataset.claims.split(" ");

  const show = (element) => {
    const wanted = element ? numbersOf(element) : [];
    for (const piece of linked) {
      piece.classList.toggle("on", numbersOf(piece).some((number) => wanted.includes(number)));
    }
  };
  const around = (target) => (target instanceof Element ? target.closest("[data-claims]") : null);
  const aimed = () => around(document.getElementById(decodeURIComponent(location.hash.slice(1))));

  document.addEventListener("pointerover", (event) => show(around(event.target) || aimed()));
  document.addEventListener("focusin", (event) => show(around(event.target) || aimed()));
  document.addEventListener("click", (event) => {
    const piece = around(event.target);
    const reading = event.target.closest("a") || !getSelection().isCollapsed;
    if (!piece || piece.tagName !== "MARK" || reading) return;
    const note = document.getElementById(`note-${numbersOf(piece)[0]}`);
    if (note) note.scrollIntoView({ block: "nearest" });
  });
  addEventListener("hashchange", () => show(aimed()));
  show(aimed());
})();

// A citation to copy; without this script it is selected whole by a click.
(() => {
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = document.getElementById(button.dataset.copy).innerText;
      await navigator.clipboard.writeText(words.trim());
      button.textContent = button.dataset.done;
    });
  }
})();
