// The record page: its places on a small map, its relations as a picture.
import { startNetwork } from "../record/network";
import { startRecordMap } from "../record/places";

const map = document.querySelector<HTMLElement>("[data-record-map]");
if (map) startRecordMap(map);
const network = document.querySelector<HTMLElement>("[data-network]");
if (network) startNetwork(network);
