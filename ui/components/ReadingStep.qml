pragma ComponentBehavior: Bound

import QtQuick

// One part of the reading: done, under way, or to come; each with its own sign.
Row {
    id: root

    required property string text
    required property bool done
    required property bool current
    spacing: 32

    Rectangle {
        id: sign

        width: 64
        height: 64
        radius: 32
        color: root.done ? Theme.success : root.current ? Theme.primary : Theme.surface
        border.width: root.done || root.current ? 0 : 4
        border.color: Theme.line

        Icon {
            anchors.centerIn: parent
            visible: root.done || root.current
            path: root.done ? Icons.check : Icons.forward
            size: 40
            stroke: 3
            color: Theme.onDark
        }
    }
    Label {
        anchors.verticalCenter: parent.verticalCenter
        width: root.width - sign.width - root.spacing
        text: root.text
        font.pixelSize: 40
        font.bold: root.current
        color: root.done || root.current ? Theme.ink : Theme.inkSoft
    }
}
