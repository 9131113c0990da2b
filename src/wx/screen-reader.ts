import { mergeInternalComponents } from "@tarojs/shared";

/**
 * Accessibility attributes of WeChat's components (WeChat's documentation, `aria-component`). Taro's templates lack
 * them: `config` adds them to the templates, and {@link registerAccessibleElements} to the data of the templates.
 */
const accessibleAttributes = { "aria-label": "", "aria-role": "", "aria-checked": "", "aria-disabled": "" };

/** The components that have accessibility attributes. */
export const accessibleElements = {
  View: accessibleAttributes,
  Input: { "aria-label": "" },
  Textarea: { "aria-label": "" },
  Image: { "aria-label": "" },
};

/** Makes Taro's runtime send these attributes. To be called before anything is rendered. */
export const registerAccessibleElements = (): unknown => mergeInternalComponents(accessibleElements);
