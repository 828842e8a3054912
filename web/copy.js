// Shows the buttons that copy a field, where the browser can copy. Without this the field is read and copied by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  button.hidden = false;
  const words = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 2000);
    } catch {
      // Not allowed: the field is marked, so that one key copies it.
      field.focus();
      field.select();
    }
  });
}
