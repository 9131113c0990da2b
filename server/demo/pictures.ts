/** Draws an SVG. The package is loaded for the demo only: a server in production does not have it in its memory. */
async function png(svg: string): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  return sharp(Buffer.from(svg)).png().toBuffer();
}

const grounds = ["#c9d8d2", "#e4d3c1", "#cfd6e4", "#e6d9a8", "#d9c9d6", "#c5dbe3"];
const skins = ["#f1cfb3", "#e9c09f", "#f5d8c0"];
const coats = ["#2f4a5c", "#7a3b2e", "#3d5a45", "#4b3f63", "#5c4a2f"];

/** Draws a portrait of 480 × 480 px that depends on the number. */
export function portrait(n: number): Promise<Buffer> {
  const of = (list: readonly string[], step: number): string => list[(n * step) % list.length] ?? "#888888";
  const long = n % 2 === 0;
  const hair = long
    ? '<path d="M140 240c0-96 44-140 100-140s100 44 100 140v96c-24 8-40 0-40-20V216c-40 0-84-12-100-36-8 24-20 36-20 52v84c0 20-16 28-40 20z" fill="#2b2523"/>'
    : '<path d="M152 224c-8-88 36-124 92-124 60 0 96 40 84 124-8-32-20-44-36-52-36 12-76 12-100 0-20 8-32 24-40 52z" fill="#2b2523"/>';
  return png(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" width="480" height="480">
    <rect width="480" height="480" fill="${of(grounds, 1)}"/>
    <path d="M72 480c0-104 72-148 168-148s168 44 168 148z" fill="${of(coats, 1)}"/>
    <path d="M204 300h72v48c0 24-72 24-72 0z" fill="${of(skins, 1)}"/>
    <ellipse cx="240" cy="232" rx="80" ry="96" fill="${of(skins, 1)}"/>${hair}
    <circle cx="212" cy="238" r="7" fill="#2b2523"/><circle cx="268" cy="238" r="7" fill="#2b2523"/>
    <path d="M214 280c16 16 36 16 52 0" fill="none" stroke="#8a4b3a" stroke-width="6" stroke-linecap="round"/>
  </svg>`);
}

const scenes: Readonly<Record<string, string>> = {
  parcel:
    '<rect x="120" y="60" width="560" height="460" fill="#b9a58c"/><g fill="#c98f52" stroke="#8d5f30" stroke-width="6"><rect x="160" y="110" width="180" height="130"/><rect x="370" y="90" width="140" height="150"/><rect x="540" y="140" width="110" height="100"/><rect x="160" y="320" width="240" height="160"/><rect x="440" y="350" width="190" height="130"/></g><path d="M120 260h560M120 500h560" stroke="#7d6a53" stroke-width="16"/>',
  leak: '<rect width="800" height="600" fill="#d7dde0"/><path d="M0 140h480v60H0zM420 140h60v240h-60z" fill="#8fa1ab"/><path d="M450 390c40 70 60 100 60 130a60 60 0 0 1-120 0c0-30 20-60 60-130z" fill="#5aa0cf"/><ellipse cx="450" cy="570" rx="260" ry="26" fill="#9cc7e2"/>',
  "hall-light":
    '<rect width="800" height="600" fill="#2a2d33"/><path d="M80 600V140h220v460M500 600V260h200v340" fill="#3b4049"/><path d="M0 600l300-160h200l300 160z" fill="#1d1f24"/><circle cx="400" cy="110" r="36" fill="#5a5f68"/>',
  rubbish:
    '<rect width="800" height="600" fill="#cfd8c8"/><g stroke="#4c5a45" stroke-width="6"><rect x="120" y="220" width="160" height="240" fill="#4f8a5b"/><rect x="310" y="220" width="160" height="240" fill="#6b6f75"/><path d="M500 470l60-190 180 60-50 140z" fill="#d8cbb8"/></g>',
  parking:
    '<rect width="800" height="600" fill="#b7bcc0"/><path d="M60 600L220 60M740 600L580 60" stroke="#e7c84f" stroke-width="18"/><rect x="240" y="250" width="320" height="150" rx="30" fill="#f2f2f0"/><path d="M290 250l40-80h140l40 80z" fill="#dfe6ea"/><circle cx="310" cy="400" r="36" fill="#30343a"/><circle cx="490" cy="400" r="36" fill="#30343a"/>',
};

/** Services whose requests may carry a drawn photo. */
export const picturedServices: readonly string[] = Object.keys(scenes);

/** Draws a photo of 800 × 600 px for a service. */
export const scene = (serviceCode: string): Promise<Buffer> =>
  png(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 600" width="800" height="600"><rect width="800" height="600" fill="#e9e4db"/>${scenes[serviceCode] ?? ""}</svg>`,
  );
