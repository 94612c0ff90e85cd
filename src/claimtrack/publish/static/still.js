"use strict";

// The search of a static copy: every word must occur, folded as the database folds.
(() => {
  const { fold, names, rows } = window.claimtrackIndex;
  const list = document.getElementById("found");
  const status = document.getElementById("status");
  const MOST = 100;

  const folded = (text) =>
    Array.from(text.normalize("NFC"), (char) => (char in fold ? fold[char] : char)).join("").toLowerCase();
  const wordsOf = (text) => folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

  const language = document.documentElement.lang;
  const nameOf = (source) => (names[source] ? names[source][language] || names[source][""] : source);
  const namesOf = (source) => (names[source] ? Object.values(names[source]).join(" ") : source);

  // Each part has its own direction: a date turns round in an Arabic line.
  const placed = (place, parts) => {
    for (const [element, part] of parts.filter(([, part]) => part)) {
      if (place.hasChildNodes()) place.append(" · ");
      const words = document.createElement(element);
      words.textContent = part;
      place.append(words);
    }
  };

  const shown = ([kind, id, text, source, outlet, day]) => {
    const item = document.createElement("li");
    const label = document.createElement("p");
    label.className = "kind";
    label.textContent = list.dataset[kind];
    const link = document.createElement("a");
    link.className = "wording";
    link.dir = "auto";
    link.href = `${kind}/${id}.html`;
    link.textContent = text;
    const place = document.createElement("p");
    place.className = "where";
    placed(place, [["bdi", nameOf(source)], ["bdi", outlet], ["time", day]]);
    item.append(label, link, place);
    return item;
  };

  const asked = new URLSearchParams(location.search).get("q") || "";
  for (const box of document.querySelectorAll("input[name=q]")) box.value = asked;
  const wanted = wordsOf(asked);
  if (!wanted.length) return;
  const found = rows.filter(([, , text, source, outlet, day]) => {
    const held = wordsOf(`${text} ${namesOf(source)} ${outlet} ${day}`);
    return wanted.every((word) => held.some((one) => one.startsWith(word)));
  });
  status.textContent = `${found.length} · ${asked}`;
  if (!found.length) status.textContent = `${list.dataset.none} ${asked}`;
  list.append(...found.slice(0, MOST).map(shown));
})();
