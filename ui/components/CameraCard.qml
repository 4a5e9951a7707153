pragma ComponentBehavior: Bound

import QtQuick
import HallKiosk

// The camera's live picture with the outline that the document belongs in.
Card {
    id: root

    required property KioskViewModel kiosk
    readonly property bool live: preview.live

    color: Theme.navy
    border.width: 0

    CameraPreview {
        id: preview

        anchors.fill: parent
        anchors.margins: 10
        kiosk: root.kiosk
        running: root.visible
    }
    Column {
        anchors.centerIn: parent
        visible: !preview.live
        spacing: 24

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            path: Icons.passport
            size: 150
            stroke: 1.4
            color: Theme.onDarkSoft
        }
        Working {
            anchors.horizontalCenter: parent.horizontalCenter
        }
    }
    // Corners of the outline.
    Repeater {
        model: 4
        Item {
            id: corner
            required property int index
            readonly property bool atRight: index % 2 === 1
            readonly property bool atBottom: index > 1
            x: atRight ? root.width - 56 - 90 : 56
            y: atBottom ? root.height - 48 - 90 : 48
            width: 90
            height: 90
            Rectangle {
                y: corner.atBottom ? parent.height - height : 0
                width: parent.width
                height: 8
                radius: 4
                color: Theme.onDark
            }
            Rectangle {
                x: corner.atRight ? parent.width - width : 0
                width: 8
                height: parent.height
                radius: 4
                color: Theme.onDark
            }
        }
    }
}
