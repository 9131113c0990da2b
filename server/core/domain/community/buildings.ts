import type { Community } from "./community.ts";
import { refuse } from "../../../kernel/errors.ts";

type Buildings = Community["buildings"];

/** The columns of a list of buildings, with the headings that people use for them. */
const columns = {
  building: ["楼栋", "楼号", "楼幢", "幢", "楼"],
  unit: ["单元", "单元号", "门牌", "门"],
} as const;

/** The headings of the template file. */
export const buildingColumns: readonly string[] = [columns.building[0], columns.unit[0]];

/** Limits of a community's list: more than any community has, and small enough to read with every step. */
const MAX_BUILDINGS = 600;
const MAX_UNITS = 60;
const MAX_NAME_LENGTH = 20;
/** Sixty units of the longest names fit into a cell. */
const MAX_CELL = 2_000;

/** Letters, digits and a few separators. A spreadsheet cannot take such a name for a formula. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ()（）\-—.·#]*$/u;

/** Why a row of an imported list is not taken. */
export type RowFault = "building-missing" | "name-invalid" | "too-long" | "twice" | "date" | "too-many";

/** A row that cannot be taken, by its number in the file (the head is 1). */
export interface FaultyRow {
  row: number;
  building: string;
  unit: string;
  fault: RowFault;
}

/** The result of reading a list. `rows`: the number of rows that are not empty. */
export interface BuildingList {
  buildings: { name: string; units: string[] }[];
  rows: number;
  faults: FaultyRow[];
}

const tidy = (cell: string | undefined): string => (cell ?? "").normalize("NFKC").replaceAll(/\s+/g, " ").trim();
/** Excel turns a name such as 1-2 into a date, and the name is lost. */
const DATE = /^\d{4}-\d{2}-\d{2}(T.*)?$/;

/**
 * Reads rows of cells, the first of which are headings. A row has one building and one unit, or several units separated
 * by 、 in one cell. Empty rows are skipped. A faulty row is reported with its fault and not taken. Throws
 * `sheet.columns_missing`.
 */
export function readBuildingRows(cells: readonly (readonly string[])[]): BuildingList {
  const heads = (cells[0] ?? []).map(tidy);
  const at = (names: readonly string[]): number => heads.findIndex((head) => names.includes(head));
  const [b, u] = [at(columns.building), at(columns.unit)];
  if (b < 0 || u < 0) refuse("sheet.columns_missing", { columns: buildingColumns });
  const found = new Map<string, string[]>();
  const list: BuildingList = { buildings: [], rows: 0, faults: [] };
  for (const [index, row] of cells.slice(1).entries()) {
    const [building, unit] = [tidy(row[b]), tidy(row[u])];
    if (!building && !unit) continue;
    list.rows++;
    const units = unit.split(/[、,;]/).flatMap((one) => tidy(one) || []);
    const tooLong = [row[b], row[u]].some((cell) => (cell?.length ?? 0) > MAX_CELL);
    const fault = tooLong ? "too-long" : faultOf(found, building, units);
    if (fault) list.faults.push({ row: index + 2, building: building.slice(0, 60), unit: unit.slice(0, 60), fault });
    else found.set(building, [...(found.get(building) ?? []), ...units]);
  }
  list.buildings = [...found].map(([name, units]) => ({ name, units }));
  return list;
}

function faultOf(found: ReadonlyMap<string, readonly string[]>, building: string, units: readonly string[]) {
  if (!building) return "building-missing";
  const names = [building, ...units];
  if (names.some((name) => DATE.test(name))) return "date";
  if (!names.every((name) => NAME.test(name))) return "name-invalid";
  if (names.some((name) => [...name].length > MAX_NAME_LENGTH)) return "too-long";
  const before = found.get(building);
  if (new Set(units).size < units.length) return "twice";
  if (before && (units.length === 0 || units.some((unit) => before.includes(unit)))) return "twice";
  const full = before ? before.length + units.length > MAX_UNITS : found.size >= MAX_BUILDINGS;
  return full || units.length > MAX_UNITS ? "too-many" : null;
}

/** What an import adds to the stored list. */
export interface Additions {
  buildings: number;
  units: number;
  /** Rows that are in the list already. A repeated import changes nothing. */
  known: number;
}

/**
 * The list with the new buildings and units of another list added. An import never removes any. Throws
 * `community.building_invalid`.
 */
export function addBuildings(before: Buildings, imported: Buildings): { buildings: Buildings; added: Additions } {
  const merged = new Map(before.map(({ name, units }) => [name, [...units]]));
  const added: Additions = { buildings: 0, units: 0, known: 0 };
  for (const { name, units } of imported) {
    const there = merged.get(name);
    const fresh = units.filter((unit) => !there?.includes(unit));
    if (!there) added.buildings++;
    added.units += fresh.length;
    added.known += there ? units.length - fresh.length + (units.length === 0 ? 1 : 0) : 0;
    merged.set(name, [...(there ?? []), ...fresh]);
  }
  const buildings = [...merged].map(([name, units]) => ({ name, units }));
  const names = buildings.flatMap(({ name, units }) => [name, ...units]);
  const good =
    buildings.length <= MAX_BUILDINGS &&
    buildings.every(({ units }) => units.length <= MAX_UNITS && new Set(units).size === units.length) &&
    names.every((name) => NAME.test(name) && [...name].length <= MAX_NAME_LENGTH);
  if (!good) refuse("community.building_invalid");
  return { buildings: buildings.toSorted((a, b) => order.compare(a.name, b.name)), added };
}

/** The list without a building, or without one unit of it; null when there is no such building or unit. */
export function removeBuilding(before: Buildings, building: string, unit: string | undefined): Buildings | null {
  const found = before.find(({ name }) => name === building);
  if (!found || (unit !== undefined && !found.units.includes(unit))) return null;
  if (unit === undefined) return before.filter((one) => one !== found);
  return before.map((one) => (one === found ? { ...one, units: one.units.filter((name) => name !== unit) } : one));
}

/** Sorts 2号楼 before 10号楼. */
const order = new Intl.Collator("zh-CN", { numeric: true });
