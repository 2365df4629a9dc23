// Where there is room, what folds stands open. The script stands right behind the fold, so that nothing jumps.
if (matchMedia("(min-width: 768px)").matches) {
  for (const fold of document.querySelectorAll("details.talent-fold")) fold.open = true;
}
