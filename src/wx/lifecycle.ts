import Taro, { useDidHide, useDidShow, usePullDownRefresh, useReachBottom, useRouter } from "@tarojs/taro";
import { useEffect, useRef, useState } from "react";
import { endPullDown } from "./feedback";
import { isH5 } from "./platform";

export { useDidShow as usePageShow } from "@tarojs/taro";

/** Whether this page is the one in front, in an app that is in front. */
export function useInFront(): boolean {
  const [shown, setShown] = useState(true);
  const [visible, setVisible] = useState(true);
  useDidShow(() => setShown(true));
  useDidHide(() => setShown(false));
  useEffect(() => {
    if (!isH5) return undefined;
    const follow = (): void => setVisible(!document.hidden);
    document.addEventListener("visibilitychange", follow);
    return () => document.removeEventListener("visibilitychange", follow);
  }, []);
  return shown && visible;
}

/** Calls back at once and whenever the app comes to the front or goes to the back. Returns what ends it. */
export function onAppInFront(listener: (inFront: boolean) => void): () => void {
  if (isH5) {
    const follow = (): void => listener(!document.hidden);
    document.addEventListener("visibilitychange", follow);
    follow();
    return () => document.removeEventListener("visibilitychange", follow);
  }
  const shown = (): void => listener(true);
  const hidden = (): void => listener(false);
  Taro.onAppShow(shown);
  Taro.onAppHide(hidden);
  shown();
  return () => {
    Taro.offAppShow(shown);
    Taro.offAppHide(hidden);
  };
}

/** Runs `refresh` when the person pulls the page down, and ends the sign when it is done. */
export function usePullToRefresh(refresh: () => Promise<unknown>): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  usePullDownRefresh(() => {
    void latest.current().finally(endPullDown);
  });
}

/**
 * How many rows of a long list to draw: more each time the person comes to the end, so that the first are there at
 * once.
 */
export function useRowsInSight(step: number): number {
  const [rows, setRows] = useState(step);
  useReachBottom(() => setRows((before) => before + step));
  return rows;
}

/** A parameter this page was opened with, decoded; empty when it is missing. */
export function usePageParam(name: string): string {
  const value = useRouter().params[name] ?? "";
  return decodeURIComponent(value);
}
