import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { words } from "../../i18n";
import { open } from "../../wx/navigation";
import { AGREE_ID, answerPrivacy } from "../../wx/privacy";
import { Button } from "../button";
import { Sheet } from "../sheet";
import { WechatButton } from "../wechat-button";

/**
 * Asks for consent to the privacy guide when an API first needs it. After a refusal the page continues without the API.
 */
export function PrivacySheet(): ReactNode {
  const say = words.wechat;
  const refuse = (): void => answerPrivacy(false);
  return (
    <Sheet
      title={say.privacyTitle}
      onClose={refuse}
      foot={
        <View className="privacy-sheet__foot">
          <Button onPress={refuse}>{say.privacyRefuse}</Button>
          <WechatButton
            id={AGREE_ID}
            kind="primary"
            openType="agreePrivacyAuthorization"
            onAgreePrivacyAuthorization={() => answerPrivacy(true)}
          >
            {say.privacyAgree}
          </WechatButton>
        </View>
      }
    >
      <View>{say.privacyText}</View>
      <Button kind="quiet" onPress={() => open("/subpackages/me/privacy/index")}>
        {say.privacyGuide}
      </Button>
    </Sheet>
  );
}
