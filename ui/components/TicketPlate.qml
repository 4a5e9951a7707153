pragma ComponentBehavior: Bound

import QtQuick

// The number, as large as it can be, with what stands above it.
Rectangle {
    id: root

    required property string number
    property int numberSize: Theme.giant

    implicitHeight: column.height + 64
    radius: Theme.radius
    color: Theme.navy

    Column {
        id: column

        anchors.centerIn: parent
        width: parent.width - 64

        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Your number")
            color: Theme.onDarkSoft
            font.pixelSize: 42
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.number
            color: Theme.onDark
            font.family: "Noto Sans"
            font.pixelSize: root.numberSize
            font.bold: true
            lineHeight: 1
        }
    }
}
