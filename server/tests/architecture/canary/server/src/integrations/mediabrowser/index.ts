export const createMediaBrowser = () => 1;
