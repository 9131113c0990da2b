import { type Answer, refusal } from "./answer.ts";

/** The characters that WeChat allows in a scene, at most 32. */
const SCENE = /^[\w!#$&'()*+,/:;=?@\-.~]{1,32}$/;
const [NARROWEST, WIDEST] = [280, 1280];

const escaped = (text: string): string => text.replaceAll(/[&<>'"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Fakes wxacode.getUnlimited. Checks the arguments as WeChat does, and draws a picture with page and scene in it. */
export function createFakeCodePictures() {
  const pages = new Set<string>();
  return {
    addPage: (path: string) => void pages.add(path),
    async draw(body: Answer): Promise<Answer | Buffer> {
      const { scene, page, width = 430, check_path: checked = true } = body;
      if (typeof scene !== "string" || !SCENE.test(scene)) return refusal(40169, "invalid length for scene");
      // A page has no leading slash and no query. Its parameter is the scene.
      if (typeof page !== "string" || (checked && !pages.has(page))) return refusal(41030, "invalid page");
      if (typeof width !== "number" || width < NARROWEST || width > WIDEST) return refusal(40097, "invalid args");
      const words = [page, scene]
        .map((line, n) => `<text x="50%" y="${45 + n * 10}%">${escaped(line)}</text>`)
        .join("");
      const look = `font-size="14" text-anchor="middle" font-family="monospace"`;
      const ring = `<circle cx="50%" cy="50%" r="47%" fill="#fff" stroke="#1F2329" stroke-width="6" stroke-dasharray="9 7"/>`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${width}"><rect width="100%" height="100%" fill="#fff"/>${ring}<g ${look}>${words}</g></svg>`;
      // Loaded here, since a server in production has no fake and needs no libvips in its memory.
      const { default: sharp } = await import("sharp");
      return sharp(Buffer.from(svg)).jpeg().toBuffer();
    },
  };
}
