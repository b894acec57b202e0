// What is needed only where the page is open in several tabs, loaded as one.
export { SecondLook } from './second-look';
export { settle } from './settle';
