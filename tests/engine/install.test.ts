import { describe, expect, it } from "vitest";
import { findMirrors } from "../../engine/documentdb/apt-sources.ts";
import { neededPackages, newestEnginePackage } from "../../engine/documentdb/packages.ts";

const KEY = "/usr/share/keyrings/debian-archive-keyring.gpg";

describe("the machine's Debian mirrors", () => {
  it.each<[string, string, string, { uri: string; signedBy: string[] }[]]>([
    [
      "a deb822 file",
      "debian.sources",
      `Types: deb\nURIs: http://packages.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\nSigned-By: ${KEY}\n`,
      [{ uri: "http://packages.example/debian", signedBy: [KEY] }],
    ],
    [
      "a comment between fields",
      "debian.sources",
      "Types: deb\n# http://old.example\nURIs: http://packages.example/debian\nSuites: bookworm\nComponents: main contrib\n",
      [{ uri: "http://packages.example/debian", signedBy: [] }],
    ],
    [
      "several stanzas, security apart",
      "debian.sources",
      "Types: deb\nURIs: http://a.test/debian\nSuites: bookworm\nComponents: main\n\nTypes: deb\nURIs: http://a.test/debian-security\nSuites: bookworm-security\nComponents: main\n",
      [{ uri: "http://a.test/debian", signedBy: [] }],
    ],
    [
      "two mirrors in one stanza, on lines of their own",
      "debian.sources",
      "Types: deb deb-src\nURIs: http://a.test/debian\n http://b.test/debian\nSuites: bookworm\nComponents: main\n",
      [
        { uri: "http://a.test/debian", signedBy: [] },
        { uri: "http://b.test/debian", signedBy: [] },
      ],
    ],
    [
      "a key inside the file",
      "debian.sources",
      "Types: deb\nURIs: http://a.test/debian\nSuites: bookworm\nComponents: main\nSigned-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mQINBF\n",
      [{ uri: "http://a.test/debian", signedBy: [] }],
    ],
    [
      "a stanza that is switched off",
      "debian.sources",
      "Enabled: no\nTypes: deb\nURIs: http://a.test/debian\nSuites: bookworm\nComponents: main\n",
      [],
    ],
    [
      "sources of source code only",
      "debian.sources",
      "Types: deb-src\nURIs: http://a.test/debian\nSuites: bookworm\nComponents: main\n",
      [],
    ],
    [
      "one line",
      "sources.list",
      "deb http://a.test/debian bookworm main non-free\n",
      [{ uri: "http://a.test/debian", signedBy: [] }],
    ],
    [
      "one line with options",
      "sources.list",
      `deb [arch=amd64 signed-by=${KEY}] http://a.test/debian bookworm main # ours\n`,
      [{ uri: "http://a.test/debian", signedBy: [KEY] }],
    ],
    ["a line that is commented out", "sources.list", "# deb http://a.test/debian bookworm main\n", []],
    [
      "a CD",
      "sources.list",
      "deb cdrom:[Debian]/ bookworm main\ndeb http://a.test/debian bookworm main\n",
      [{ uri: "http://a.test/debian", signedBy: [] }],
    ],
    [
      "a list of mirrors",
      "debian.sources",
      "Types: deb\nURIs: mirror+file:///etc/apt/mirrors/debian.list\nSuites: bookworm\nComponents: main\n",
      [{ uri: "mirror+file:///etc/apt/mirrors/debian.list", signedBy: [] }],
    ],
    [
      "a vendor's archive",
      "vendor.list",
      "deb https://vendor.test/apt tool-bookworm main\ndeb https://docker.test/linux/debian bookworm stable\n",
      [],
    ],
    [
      "one mirror named twice",
      "sources.list",
      "deb http://a.test/debian bookworm main\ndeb http://a.test/debian sid main\n",
      [{ uri: "http://a.test/debian", signedBy: [] }],
    ],
  ])("%s", (_, name, text, expected) => {
    expect(findMirrors([{ name, text }], "bookworm")).toEqual(expected);
  });
});

describe("what is installed", () => {
  it("is the newest engine", () => {
    const search =
      "postgresql-18-documentdb - document database\npostgresql-9-documentdb - old\npostgresql-18-documentdb-dbgsym - symbols\n";
    expect(newestEnginePackage(search)).toEqual({ name: "postgresql-18-documentdb", major: 18 });
    expect(newestEnginePackage("")).toBeNull();
  });

  it("leaves out what the server never loads", () => {
    const simulation = [
      "perl-base",
      "libperl5.40",
      "tar",
      "tzdata",
      "libgdal37",
      "libssl3t64",
      "postgresql-18",
      "postgresql-common",
      "libssl3t64",
    ]
      .map((name) => `Inst ${name} (1.0 Debian [amd64])`)
      .join("\n");
    expect(neededPackages(`Reading package lists...\n${simulation}\nConf tar (1.0)\n`)).toEqual([
      "libssl3t64",
      "postgresql-18",
      "tzdata",
    ]);
  });
});
