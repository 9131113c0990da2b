import type { IPluginContext } from "@tarojs/service";
import { accessibleElements } from "../src/wx/screen-reader";

interface Platform {
  template?: {
    internalComponents: Record<string, Record<string, string>>;
    mergeComponents(ctx: IPluginContext, patch: object): void;
  };
}

/** Events without listeners in this app. Each would stand about forty times in the templates. */
const UNUSED_EVENTS = ["AnimationStart", "AnimationIteration", "AnimationEnd", "TransitionEnd"].concat(
  // Touch events except the move, which a sheet listens to.
  ["TouchStart", "TouchEnd", "TouchCancel", "LongTap"],
);

/**
 * A Taro plugin that changes the components' templates for the mini-program: adds accessibility attributes and removes
 * {@link UNUSED_EVENTS}.
 */
export default (ctx: IPluginContext): void => {
  ctx.registerMethod({
    name: "onSetupClose",
    fn({ template }: Platform) {
      if (!template) return;
      template.mergeComponents(ctx, accessibleElements);
      for (const component of Object.values(template.internalComponents))
        for (const event of UNUSED_EVENTS) delete component[`bind${event}`];
    },
  });
};
