const PIECES = 28;
const COLORS = ["var(--accent)", "var(--good)", "var(--warn)", "var(--danger)", "var(--link)"];

/** Throws confetti from the middle of the layer, and clears it away. */
export function throwConfetti(layer: HTMLElement): void {
  for (let i = 0; i < PIECES; i++) {
    const piece = document.createElement("span");
    piece.className = "piece";
    piece.style.background = COLORS[i % COLORS.length] as string;
    layer.append(piece);
    const angle = (i / PIECES) * 2 * Math.PI;
    const reach = 70 + ((i * 47) % 80);
    const [x, y] = [Math.cos(angle) * reach * 1.4, Math.sin(angle) * reach];
    const turn = `rotate(${(i * 83) % 720}deg)`;
    piece.animate(
      [
        { transform: "translate(0, 0)", opacity: 1 },
        { transform: `translate(${x}px, ${y}px) ${turn}`, opacity: 1, offset: 0.45 },
        { transform: `translate(${x * 1.1}px, ${y + 160}px) ${turn}`, opacity: 0 },
      ],
      { duration: 1300, easing: "cubic-bezier(.15, .6, .4, 1)" },
    ).onfinish = () => piece.remove();
  }
}
