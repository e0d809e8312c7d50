// Shows messages as Element Web's timeline does: the same cleaning of their
// HTML, the same elements around it.
import {bodyToDiv} from "matrix-react-sdk/lib/HtmlUtils";
import React from "react";
import ReactDOM from "react-dom";

const e = React.createElement;

function tile(content, index) {
    return e("li", {key: index, className: "mx_EventTile", "data-layout": "group"},
        e("span", {className: "mx_DisambiguatedProfile"},
            e("span", {className: "mx_DisambiguatedProfile_displayName " +
                "mx_Username_color3"}, "paperboy")),
        e("div", {className: "mx_EventTile_line"},
            e("div", {className: "mx_MTextBody mx_EventTile_content"},
                bodyToDiv(content, null, {}))));
}

window.showMessages = (messages, place) =>
    ReactDOM.render(messages.map(tile), place);
