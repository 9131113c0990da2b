import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { type Command, parseOptions, usageOf } from "../../server/cli/command.ts";
import { commands } from "../../server/cli/commands.ts";

const all = Object.values(commands).map((command): [name: string, command: Command] => [command.name, command]);

describe("a command of an installation", () => {
  it("is every script that runs a program of server/cli", () => {
    const own = Object.entries(packageJson.scripts).filter(([, script]) => script.includes("server/cli/"));
    expect(all.map(([name]) => name).toSorted()).toEqual(own.map(([name]) => name).toSorted());
  });

  it.each(all)("%s --help prints what it does and each of its options, and ends with 0", (_name, command) => {
    const usage = usageOf(command);
    expect(parseOptions(command, ["--help"])).toEqual({ code: 0, print: usage });
    for (const [option, { says }] of Object.entries(command.options)) {
      expect(usage).toContain(`--${option}`);
      expect(usage).toContain(says);
    }
  });

  it.each(all)("%s with an unknown option names it, prints the usage, and exits with 1", (_name, command) => {
    const asked = parseOptions(command, ["--nonsense"]);
    expect(asked).toMatchObject({ code: 1, print: expect.stringContaining("--nonsense") as string });
    expect(asked).toMatchObject({ print: expect.stringContaining(usageOf(command)) as string });
  });

  it("takes its options, with their defaults", () => {
    expect(parseOptions(commands.keysRotate, ["--key", "field", "--delay", "60"])).toEqual({
      values: { key: "field", delay: "60", settle: "10" },
    });
  });

  it("refuses an option without its value", () => {
    expect(parseOptions(commands.backup, ["--out"])).toMatchObject({ code: 1 });
  });
});
