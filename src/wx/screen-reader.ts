import { mergeInternalComponents } from "@tarojs/shared";

/**
 * What a screen reader is told of an element, as WeChat's `aria-component` page names it. Taro's templates have none
 * of these, so `config` adds them where the templates are written, and {@link registerAccessibleElements} where the
 * data for them is.
 */
const accessibleAttributes = { "aria-label": "", "aria-role": "", "aria-checked": "", "aria-disabled": "" };

/** The elements of ours that say something of themselves. */
export const accessibleElements = {
  View: accessibleAttributes,
  Input: { "aria-label": "" },
  Textarea: { "aria-label": "" },
  Image: { "aria-label": "" },
};

/** Makes Taro's runtime send these attributes; before anything is drawn. */
export const registerAccessibleElements = (): unknown => mergeInternalComponents(accessibleElements);
