let isUp = false;

/** Whether the connection for live updates is open. */
export const liveUp = (): boolean => isUp;

export const setLiveUp = (up: boolean): void => {
  isUp = up;
};
