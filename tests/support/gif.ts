/** A GIF of `frames` frames of one pixel on a canvas of this size, px. A frame takes 23 bytes. */
export function gifOf(width: number, height: number, frames: number): Buffer {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  // A global table of two colours.
  screen[4] = 0x80;
  const frame = Buffer.from([
    // Graphic control: no delay, no transparency.
    ...[0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    // One pixel at the left top, whose LZW code is `clear, 0, end`.
    ...[0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    ...[2, 2, 0x44, 0x01, 0],
  ]);
  return Buffer.concat([
    Buffer.from("GIF89a", "latin1"),
    screen,
    Buffer.from([0, 0, 0, 255, 255, 255]),
    ...Array.from({ length: frames }, () => frame),
    Buffer.from([0x3b]),
  ]);
}
