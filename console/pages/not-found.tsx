import { Button } from "antd";
import { useNavigate } from "react-router";
import { Nothing } from "../components/states.tsx";
import { zh } from "../i18n/zh.ts";

/** The page of an unknown address. */
export function NotFoundPage() {
  const navigate = useNavigate();
  return (
    <Nothing title={zh.common.notFound} action={<Button onClick={() => void navigate("/")}>{zh.common.home}</Button>} />
  );
}
