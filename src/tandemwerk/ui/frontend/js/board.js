import "./elements/board.js";
