pragma ComponentBehavior: Bound

import QtQuick

// What to have ready at the desk. It is for reading, so that it looks like no button.
Column {
    id: root

    required property list<string> items
    // Long lists are set smaller, so that they fit on the screen with the rest.
    readonly property bool dense: !Theme.portrait || items.length > 5 || items.join("").length > 300
    readonly property int fontSize: dense ? 30 : 36
    // The height that it may take; whatever is still too high for it is drawn smaller.
    property real room: height

    scale: Math.min(1, room / height)
    transformOrigin: Theme.rightToLeft ? Item.TopRight : Item.TopLeft
    spacing: dense ? 14 : 22

    Label {
        width: root.width
        text: qsTr("Please have ready at the desk")
        font.pixelSize: root.dense ? 36 : 40
        font.bold: true
    }
    Repeater {
        model: root.items

        Row {
            id: item

            required property string modelData
            spacing: 24

            Icon {
                y: 2
                path: Icons.document
                size: root.fontSize * 1.2
                color: Theme.primary
            }
            Label {
                width: root.width - root.fontSize * 1.2 - item.spacing
                text: item.modelData
                lineHeight: 1
                font.pixelSize: root.fontSize
            }
        }
    }
}
