// The map of one Selection alone: in a frame on another site, and on the printed sheet.
import "../explorer/explorer.css";
import { startStill } from "../explorer/still";

void startStill();
