import QtQuick

// What to have ready at the desk. It is for reading, so that it looks like no button.
Column {
    id: root

    required property list<string> items
    spacing: 22

    Label {
        width: root.width
        text: qsTr("Please have ready at the desk")
        font.pixelSize: 40
        font.bold: true
    }
    Repeater {
        model: root.items
        Row {
            required property string modelData
            spacing: 24
            Icon {
                y: 4
                path: Icons.document
                size: 44
                color: Theme.primary
            }
            Label {
                width: root.width - 68
                text: parent.modelData
                font.pixelSize: 36
            }
        }
    }
}
