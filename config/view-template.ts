import type { IPluginContext } from "@tarojs/service";
import { accessibleElements } from "../src/wx/screen-reader";

interface Platform {
  template?: {
    internalComponents: Record<string, Record<string, string>>;
    mergeComponents(ctx: IPluginContext, patch: object): void;
  };
}

/** Events that nothing here listens to; in the templates each stands some forty times. */
const UNUSED_EVENTS = ["AnimationStart", "AnimationIteration", "AnimationEnd", "TransitionEnd"].concat(
  // Touches but for the move, which a sheet catches.
  ["TouchStart", "TouchEnd", "TouchCancel", "LongTap"],
);

/**
 * What an element is in the templates of the mini-program: with what a screen reader is told, without what nobody
 * hears.
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
