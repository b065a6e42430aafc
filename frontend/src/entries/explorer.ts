// The explorer: map, list, facets and time as one.
import "../explorer/explorer.css";
import { startExplorer } from "../explorer/explorer";

startExplorer();
