/** Something that is done again and again. It finds what is due by itself: late, doubled or broken off, it does each once. */
export interface Job<Ports> {
  name: string;
  everySeconds: number;
  run(ports: Ports): Promise<unknown>;
}
