import Taro, { useDidHide, useDidShow, usePullDownRefresh, useReachBottom, useRouter } from "@tarojs/taro";
import { useEffect, useRef, useState } from "react";
import { endPullDown } from "./feedback";
import { isH5 } from "./platform";

export { useDidShow as usePageShow } from "@tarojs/taro";

/** Whether this page is in front and the app is in the foreground. */
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

/**
 * Calls the listener at once and whenever the app enters or leaves the foreground. Returns a function that
 * unsubscribes.
 */
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

/** Runs `refresh` on pull-to-refresh, and ends the indicator when it is done. */
export function usePullToRefresh(refresh: () => Promise<unknown>): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  usePullDownRefresh(() => {
    void latest.current().finally(endPullDown);
  });
}

/**
 * The number of rows of a long list to render. It grows when the person scrolls to the end, so that the first rows
 * appear quickly.
 */
export function useRowsInSight(step: number): number {
  const [rows, setRows] = useState(step);
  useReachBottom(() => setRows((before) => before + step));
  return rows;
}

/** A decoded parameter of this page's address; empty when it is missing. */
export function usePageParam(name: string): string {
  const value = useRouter().params[name] ?? "";
  return decodeURIComponent(value);
}
