pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts

// One of several things to choose from: a lead (a time), a title, a note, and an arrow.
Rectangle {
    id: root

    required property string title
    property string lead
    property string note
    readonly property bool isTouchTarget: true
    signal tapped

    implicitHeight: Math.max(Theme.touch, row.implicitHeight + 40)
    radius: Theme.radius
    color: handler.pressed ? Theme.primarySoft : Theme.surface
    border.width: activeFocus ? 6 : 3
    border.color: activeFocus ? Theme.warning : Theme.primary
    activeFocusOnTab: true

    Accessible.role: Accessible.Button
    Accessible.name: [lead, title, note].filter(part => part !== "").join(", ")
    Accessible.onPressAction: tapped()
    Keys.onReturnPressed: tapped()
    Keys.onSpacePressed: tapped()

    RowLayout {
        id: row

        x: 36
        width: root.width - 72
        anchors.verticalCenter: parent.verticalCenter
        spacing: 32

        Label {
            visible: root.lead !== ""
            text: root.lead
            color: Theme.primary
            font.pixelSize: 56
            font.bold: true
            lineHeight: 1
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 4

            Label {
                Layout.fillWidth: true
                text: root.title
                font.pixelSize: 38
                font.bold: true
            }
            Label {
                Layout.fillWidth: true
                visible: root.note !== ""
                text: root.note
                color: Theme.inkSoft
                font.pixelSize: 32
            }
        }
        Icon {
            path: Icons.forward
            size: 52
            color: Theme.primary
        }
    }

    TapHandler {
        id: handler
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.tapped()
    }
}
