/** Which of the packages that apt would install the server really loads. */

/**
 * Beginnings of names of packages that PostgreSQL and DocumentDB depend on by name and never load: base tools, scripts,
 * drawing, and the raster formats behind PostGIS. A `$` ends a name.
 */
const NOT_LOADED = [
  "perl", "libperl", "systemd", "libsystemd-shared", "dbus", "libdbus", "locales", "postgresql-common",
  "postgresql-client-common", "libgdal", "gdal", "libsfcgal", "libpoppler", "libaom", "libhwy", "libhdf5",
  "libsvtav1", "liblapack", "libblas", "libgfortran", "libspatialite", "libheif", "libjxl", "librav1e",
  "libdav1d", "libde265", "libx265", "libnetcdf", "libxerces", "libcfitsio", "libopenjp2", "libarmadillo",
  "libarpack", "libsuperlu", "libkml", "libmariadb", "mariadb", "mysql", "libodbc", "unixodbc", "odbc",
  "libfreexl", "libfyba", "libgeotiff", "libogdi", "libblosc", "libqhull", "librttopo", "libnss", "libnspr",
  "libgpgme", "libassuan", "gpg", "gnupg", "libcairo", "libpixman", "libfontconfig", "fontconfig", "fonts",
  "libfreetype", "libpng", "liblcms", "libx11", "libxau", "libxcb", "libxdmcp", "libxext", "libxrender",
  "x11", "libboost", "debconf", "dpkg", "coreutils", "tar$", "bash", "dash", "util-linux", "mount", "login",
  "passwd", "adduser", "libapt", "apt$", "init-system", "sysvinit", "procps", "ucf", "sed$", "grep$",
  "findutils", "gawk", "mawk", "debianutils", "diffutils", "hostname", "base-", "bsdutils", "sensible",
  "netbase", "ssl-cert", "openssl", "libpam-", "libpam-modules", "libkmod", "libcryptsetup", "libdevmapper",
  "dmsetup", "libfdisk", "libseccomp", "libmount", "libblkid", "libsmartcols", "ncurses", "libc-bin",
  "libc-gconv", "libc-l10n", "libc-dev", "proj-bin", "libyuv", "libgav1", "libimath", "libopenexr", "libexr",
  "libmuparser", "libaec", "libsz", "libltdl", "libgif", "libhdf4", "libdf", "libminizip", "liburiparser",
  "libpopt", "logrotate", "cron", "lsb", "tzdata-legacy",
];
const NOT_LOADED_PATTERN = new RegExp(`^(?:${NOT_LOADED.join("|")})`);

/** Names from the output of `apt-get install --simulate` without those that are never loaded. */
export function neededPackages(simulation: string): string[] {
  const names = [...simulation.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? "");
  return [...new Set(names)].filter((name) => !NOT_LOADED_PATTERN.test(name)).sort();
}

/** The engine's package: `postgresql-<N>-documentdb` with the highest N among lines of `apt-cache search`. */
export function newestEnginePackage(search: string): { name: string; major: number } | null {
  const found = [...search.matchAll(/^(postgresql-(\d+)-documentdb) /gm)].map((match) => ({ name: match[1] ?? "", major: Number(match[2]) }));
  return found.sort((a, b) => b.major - a.major)[0] ?? null;
}

/** Folders that the server does not need. */
export function excludedPaths(major: number): string[] {
  const share = `./usr/share/postgresql/${major}`;
  return [
    ...["doc", "man", "locale", "lintian", "info", "proj"].map((folder) => `./usr/share/${folder}`),
    `./usr/lib/postgresql/${major}/lib/bitcode`,
    ...["contrib", "man", "extension/postgis*--*--*.sql", "extension/postgis_t*", "extension/postgis_r*"].map((path) => `${share}/${path}`),
    ...["extension/postgis_s*", "extension/address*", "extension/documentdb_distributed*"].map((path) => `${share}/${path}`),
  ];
}
