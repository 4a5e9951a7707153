pragma ComponentBehavior: Bound

import QtQuick

// A language in its own words, to be chosen.
Rectangle {
    id: root

    required property string title
    required property string languageTag
    property string caption
    readonly property bool isTouchTarget: true
    signal tapped

    radius: Theme.radius
    color: handler.pressed ? Theme.primaryPressed : Theme.primary
    border.width: activeFocus ? 6 : 0
    border.color: Theme.warning
    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: title
    Accessible.onPressAction: tapped()
    Keys.onReturnPressed: tapped()
    Keys.onSpacePressed: tapped()

    Column {
        anchors.centerIn: parent
        spacing: 4

        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.title
            color: Theme.onDark
            font.family: root.languageTag.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
            font.pixelSize: 60
            font.bold: true
            lineHeight: 1
        }
        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.caption !== ""
            text: root.caption
            color: Theme.onDarkSoft
            font.family: root.languageTag.startsWith("zh") ? "Noto Sans CJK SC" : "Noto Sans"
            font.pixelSize: 36
            lineHeight: 1
        }
    }

    TapHandler {
        id: handler
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
