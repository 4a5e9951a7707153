pragma Singleton
import QtQuick

// The kiosk's pictograms as SVG paths on a grid of 24 units, drawn with a stroke of 2 units.
QtObject {
    readonly property string check: "M4.5 12.5 L10 18 L19.5 7"
    readonly property string cross: "M6 6 L18 18 M18 6 L6 18"
    readonly property string forward: "M5 12 H19 M13 6 L19 12 L13 18"
    readonly property string backward: "M19 12 H5 M11 6 L5 12 L11 18"
    readonly property string downward: "M12 5 V19 M6 13 L12 19 L18 13"
    readonly property string again: "M19.5 12 A7.5 7.5 0 1 1 16.5 6 M17 2.5 V6.5 H13"
    readonly property string bell: "M5 17 H19 C17.5 15.5 17.5 13.5 17.5 11 A5.5 5.5 0 0 0 6.5 11 C6.5 13.5 6.5 15.5 5 17 Z M10 20.2 A2.2 2.2 0 0 0 14 20.2 M12 3 V5.2"
    readonly property string person: "M12 12 A4 4 0 1 0 12 4 A4 4 0 0 0 12 12 Z M4.5 20.5 C4.5 16.5 8 14.8 12 14.8 C16 14.8 19.5 16.5 19.5 20.5"
    readonly property string people: "M9 11.5 A3.5 3.5 0 1 0 9 4.5 A3.5 3.5 0 0 0 9 11.5 Z M2.5 19.5 C2.5 16 5.5 14.3 9 14.3 C12.5 14.3 15.5 16 15.5 19.5 M16 5 A3.4 3.4 0 0 1 16 11.3 M18 14.8 C20 15.6 21.5 17.2 21.5 19.5"
    readonly property string clock: "M12 21 A9 9 0 1 0 12 3 A9 9 0 0 0 12 21 Z M12 7 V12 L15.5 14.5"
    readonly property string calendar: "M4 6 H20 V20 H4 Z M4 10.5 H20 M8 3.5 V7.5 M16 3.5 V7.5"
    readonly property string place: "M12 21 C8 16.5 5.5 13.2 5.5 9.8 A6.5 6.5 0 0 1 18.5 9.8 C18.5 13.2 16 16.5 12 21 Z M12 12.2 A2.4 2.4 0 1 0 12 7.4 A2.4 2.4 0 0 0 12 12.2 Z"
    readonly property string warning: "M12 3.8 L21.5 20 H2.5 Z M12 10 V14.2 M12 16.8 V17.2"
    readonly property string info: "M12 21 A9 9 0 1 0 12 3 A9 9 0 0 0 12 21 Z M12 11 V16.5 M12 7.6 V8"
    readonly property string globe: "M12 21 A9 9 0 1 0 12 3 A9 9 0 0 0 12 21 Z M3 12 H21 M12 3 C8 7 8 17 12 21 C16 17 16 7 12 3 Z"
    readonly property string document: "M6 3 H15 L19 7 V21 H6 Z M15 3 V7 H19 M9.5 12 H15.5 M9.5 16 H15.5"
    readonly property string passport: "M5.5 3 H18.5 V21 H5.5 Z M12 13.5 A3.2 3.2 0 1 0 12 7.1 A3.2 3.2 0 0 0 12 13.5 Z M9 17.3 H15"
    readonly property string ticket: "M6 3 H18 V21 L16 19.5 L14 21 L12 19.5 L10 21 L8 19.5 L6 21 Z M9.5 8 H14.5 M9.5 12 H14.5"
    readonly property string printer: "M7 9 V3.5 H17 V9 M7 17 H4 V9 H20 V17 H17 M7 14 H17 V20.5 H7 Z"
    readonly property string desk: "M3 10 H21 M5 10 V20 M19 10 V20 M9.5 10 V5 H14.5 V10"
    readonly property string code: "M4 4 H9.5 V9.5 H4 Z M14.5 4 H20 V9.5 H14.5 Z M4 14.5 H9.5 V20 H4 Z M14.5 14.5 H16.5 M20 14.5 V17 M14.5 18 V20 H17 M20 20 H20.1"
    readonly property string power: "M12 3.5 V11.5 M7 6.2 A8 8 0 1 0 17 6.2"
    readonly property string network: "M4 9.5 A12 12 0 0 1 20 9.5 M7 13 A7.5 7.5 0 0 1 17 13 M10 16.5 A3.2 3.2 0 0 1 14 16.5 M12 20 H12.1"
    readonly property string broom: "M14.5 3.5 L11 12 M6 13 L16.5 16.5 L14.5 21 L4 19 Z"
    readonly property string hand: "M8 12 V5.5 A1.5 1.5 0 0 1 11 5.5 V11 M11 10.5 V4.5 A1.5 1.5 0 0 1 14 4.5 V11 M14 11 V6 A1.5 1.5 0 0 1 17 6 V14 C17 18.5 15 21 11.5 21 C8.5 21 7.5 19.5 6 17 L3.8 13.2 C3.2 12 4.8 11 5.8 12 L8 14.5 Z"
}
