/** Which of the two platforms this build is for; the bundler drops the other's branch. */
export const isH5: boolean = process.env.TARO_ENV === "h5";
