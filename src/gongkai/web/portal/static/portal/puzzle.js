// Solves the form's puzzle while it is filled in: the number whose hash with the salt is the challenge.
"use strict";
(() => {
  const form = document.querySelector("form[data-puzzle]");
  if (!form || !window.crypto || !window.crypto.subtle) return;
  const field = form.elements.namedItem("altcha");
  const encoder = new TextEncoder();
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const solve = async (puzzle) => {
    const salt = puzzle.salt.endsWith("&") ? puzzle.salt : `${puzzle.salt}&`;
    for (let number = 0; number <= puzzle.maxNumber; number += 1) {
      const digest = await crypto.subtle.digest(puzzle.algorithm, encoder.encode(salt + number));
      if (hex(digest) === puzzle.challenge) return number;
    }
    return null;
  };

  const start = async () => {
    const answer = await fetch(form.dataset.puzzle, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const puzzle = await answer.json();
    const number = await solve(puzzle);
    if (number === null) return;
    const { algorithm, challenge, salt, signature } = puzzle;
    field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  };

  const finished = start().catch(() => {});

  // The harder puzzle is waited for: the form says so, and goes by itself when it is solved.
  const waiting = form.querySelector("[data-waiting]");
  if (!waiting) return;
  form.addEventListener("submit", (event) => {
    if (field.value) return;
    event.preventDefault();
    waiting.textContent = waiting.dataset.waiting;
    finished.then(() => form.submit());
  });
})();
