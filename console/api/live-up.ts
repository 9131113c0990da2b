let isUp = false;

/** Whether live updates come. */
export const liveUp = (): boolean => isUp;

export const setLiveUp = (up: boolean): void => {
  isUp = up;
};
