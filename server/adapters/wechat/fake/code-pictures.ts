import sharp from "sharp";
import { type Answer, refusal } from "./answer.ts";

/** What WeChat takes in a scene: digits, letters and these; at most 32. */
const SCENE = /^[\w!#$&'()*+,/:;=?@\-.~]{1,32}$/;
const [NARROWEST, WIDEST] = [280, 1280];

const escaped = (text: string): string => text.replaceAll(/[&<>'"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** wxacode.getUnlimited: checks what the real one checks, and draws a picture that says what it would open. */
export function createFakeCodePictures() {
  const pages = new Set<string>();
  return {
    addPage: (path: string) => void pages.add(path),
    async draw(body: Answer): Promise<Answer | Buffer> {
      const { scene, page, width = 430, check_path: checked = true } = body;
      if (typeof scene !== "string" || !SCENE.test(scene)) return refusal(40169, "invalid length for scene");
      // A page begins without a slash and has no query: what it gets is the scene.
      if (typeof page !== "string" || (checked && !pages.has(page))) return refusal(41030, "invalid page");
      if (typeof width !== "number" || width < NARROWEST || width > WIDEST) return refusal(40097, "invalid args");
      const words = [page, scene]
        .map((line, n) => `<text x="50%" y="${45 + n * 10}%">${escaped(line)}</text>`)
        .join("");
      const look = `font-size="14" text-anchor="middle" font-family="monospace"`;
      const ring = `<circle cx="50%" cy="50%" r="47%" fill="#fff" stroke="#1F2329" stroke-width="6" stroke-dasharray="9 7"/>`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}"><rect width="100%" height="100%" fill="#fff"/>${ring}<g ${look}>${words}</g></svg>`;
      return sharp(Buffer.from(svg)).jpeg().toBuffer();
    },
  };
}
