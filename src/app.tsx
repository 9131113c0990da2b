import type { PropsWithChildren, ReactNode } from "react";
import { useEffect } from "react";
import { refreshMe, useLive } from "./api";
import { isH5 } from "./wx/platform";
import { registerAccessibleElements } from "./wx/screen-reader";
import { usePlatformEvents } from "./wx/start";
import "./app.scss";

if (!isH5) registerAccessibleElements();

/** The root component around every page. Reads the logged-in person once and starts live updates. */
export default function App({ children }: PropsWithChildren): ReactNode {
  useEffect(() => {
    void refreshMe();
  }, []);
  useLive();
  usePlatformEvents();
  return children;
}
