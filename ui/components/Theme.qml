pragma Singleton
import QtQuick

// Colours, type scale and spacing of all screens, for a logical screen of 1080x1920 or 1920x1080.
// Every pair of text and background used here has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3).
QtObject {
    // Set by the window.
    property bool portrait: true
    property bool animated: true
    property string language: "en"
    property bool rightToLeft: false

    readonly property string family: language.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"

    readonly property color ink: "#10213A"
    readonly property color inkSoft: "#47586F"
    readonly property color background: "#F2F5F9"
    readonly property color surface: "#FFFFFF"
    readonly property color line: "#C6D0DD"
    readonly property color navy: "#0A2A52"
    readonly property color primary: "#0E4A9A"
    readonly property color primaryPressed: "#09346F"
    readonly property color primarySoft: "#E3EDF9"
    readonly property color success: "#0B6B3A"
    readonly property color successSoft: "#E1F3E8"
    readonly property color warning: "#8A4B00"
    readonly property color warningSoft: "#FDF0D9"
    readonly property color danger: "#9E1B1B"
    readonly property color dangerSoft: "#FBE6E4"
    readonly property color onDark: "#FFFFFF"
    readonly property color onDarkSoft: "#CFDDEF"
    readonly property color passport: "#7A1F2B"
    readonly property color shade: "#B30A1A30"

    readonly property int giant: 208
    readonly property int huge: 112
    readonly property int title: portrait ? 68 : 60
    readonly property int heading: 48
    readonly property int body: 38
    readonly property int small: 32
    readonly property int button: 42

    readonly property int gap: 24
    readonly property int margin: portrait ? 64 : 72
    readonly property int radius: 28
    readonly property int touch: portrait ? 128 : 112

    readonly property int quick: animated ? 120 : 0
    readonly property int calm: animated ? 400 : 0
}
