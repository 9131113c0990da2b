/**
 * A valid ID number (GB 11643) and a phone that nobody has, in the spellings that people use, and their masked forms.
 */
export const number = "310117198801011237";
export const phone = "13577712345";
const spellings = [
  phone,
  "135-7771-2345",
  "135 7771 2345",
  "+86 13577712345",
  "8613577712345",
  "１３５７７７１２３４５",
  "135.7771.2345",
  number,
  "310117 19880101 1237",
  "３１０１１７１９８８０１０１１２３７",
];
/** A home in free text. */
export const home = "9号楼2单元1907室";
export const piiText = [...spellings, home].join("，");

/** Strings that must not occur in stored documents or logs: the written numbers and each identifying part of them. */
export const traces = [
  phone,
  "7771-2345",
  "7771 2345",
  "７７７１２３４５",
  "7771.2345",
  number,
  "19880101",
  "１９８８０１０１",
];
