pragma ComponentBehavior: Bound

import QtQuick

// Room for the camera's live picture, with the outline that the document belongs in. While there
// is no picture, a passport stands for it, and a check mark once the page has been read.
Card {
    id: root

    property bool done: false

    readonly property Item place: room

    color: Theme.navy
    border.width: 0

    Column {
        anchors.centerIn: parent
        visible: !root.done
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
            bright: Theme.onDark
            dim: Theme.inkSoft
        }
    }
    Column {
        anchors.centerIn: parent
        width: parent.width - 240
        visible: root.done
        spacing: 24

        Badge {
            anchors.horizontalCenter: parent.horizontalCenter
            icon: Icons.check
            size: 200
            tone: Theme.success
            ground: Theme.successSoft
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("The page has been read")
            color: Theme.onDark
            font.pixelSize: 44
            font.bold: true
        }
    }
    Item {
        id: room

        anchors.fill: parent
        anchors.margins: 10
    }
    // Corners of the outline.
    Repeater {
        model: 4
        Item {
            id: corner
            required property int index
            readonly property bool atRight: index % 2 === 1
            readonly property bool atBottom: index > 1
            x: atRight ? root.width - width - 26 : 26
            y: atBottom ? root.height - height - 26 : 26
            width: 76
            height: 76
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
