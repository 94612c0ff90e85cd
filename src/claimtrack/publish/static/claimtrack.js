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
